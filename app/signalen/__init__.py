"""Signals to the aandachtsfunctionaris: raise, inbox, acknowledge, state machine."""
