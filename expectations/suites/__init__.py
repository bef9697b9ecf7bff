"""Suites as code: one module per connector, one for deliveries, one for the marts."""
