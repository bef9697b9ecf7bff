"""The library that the DAGs and the command call: deliveries, typed files, build, audit, publication."""

__version__ = "0.1.0"
