"""The pages; ``app.py`` frames them."""
