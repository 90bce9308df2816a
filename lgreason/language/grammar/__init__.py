"""The grammars: their automata, the numbers of items, and the trees that sentences become."""
