"""The HTTP side that all features share: unit of work per request, problem answers, headers, paging, versions."""
