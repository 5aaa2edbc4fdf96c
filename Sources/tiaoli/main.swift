print("tiaoli")
