"""What people type to register documents and to say what happened to obligations."""
