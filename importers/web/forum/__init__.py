"""LessWrong, the Alignment Forum, the EA Forum and their twins: posts with their discussions, by GraphQL."""
