"""What passed between a person and us: acts, last contact each way, and what we owe.

Acts are derived from posts, reactions and what we sent, and outlive them. `Contact` sums them
up per identity and can be recomputed from the acts at any time. It is a description, never a
score: nobody is ranked here. The neighbourhood has its page here too.
"""
