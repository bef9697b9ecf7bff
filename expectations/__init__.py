"""What must hold to be published: suites at the two doors, their results, and the page that shows them."""
