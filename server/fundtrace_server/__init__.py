"""The ASGI application of fundtrace: pages, linked data, SPARQL and GraphQL over one release."""
