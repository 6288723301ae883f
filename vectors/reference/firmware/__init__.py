"""The fixed-point controller of an LSTM on a memristor crossbar chip, written from `vectors/specification/firmware.md`."""
