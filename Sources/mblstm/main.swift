print("mblstm")
