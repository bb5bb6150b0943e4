"""The pages of the site around the API, and what a signed-in browser may ask about itself."""
