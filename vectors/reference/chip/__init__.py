"""The memristor-crossbar chip in exact integers and, for device models, IEEE doubles in a fixed order."""
