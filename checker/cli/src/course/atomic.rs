//! Writing a file so that it is either the old one or the new one, never a third.
