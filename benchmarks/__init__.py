"""Speed and memory at full size, as ratios."""
