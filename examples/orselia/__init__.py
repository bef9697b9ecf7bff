"""Orsélia, a fictional French mutual insurer: synthetic documents of 25 months, made from a fixed seed."""
