"""Web pages: a safe tree, what it says about itself, and which part of it is the article."""
