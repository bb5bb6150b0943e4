"""Pure rules of signals: transitions and their guards, four eyes, urgency and deadlines, closing codes."""
