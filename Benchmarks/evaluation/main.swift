import PolicyEvaluation
print("todo")
