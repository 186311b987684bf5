"""The shape that every network has.

Here stand the contract of a connector, the shapes that cross it, the tree of troubles, the
registry that finds the networks, the test kit that every network must pass, and the pretend
network. There is no Django here, no table, and no word about any one network.
"""
