"""Use cases of signals: raise from a control, submit by hand, inbox, acknowledge."""
