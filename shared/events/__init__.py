"""The contract between services: one typed, versioned class per event. A released class never changes."""
