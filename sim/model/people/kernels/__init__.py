"""The arithmetic of a year, compiled: one lane (one draw of one region) at a time, ages innermost."""
