"""Tests against real servers, each started by the test session itself on its own loopback port."""
