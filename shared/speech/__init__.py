"""A story read aloud: the words as they are spoken, how long they take, and the sound."""
