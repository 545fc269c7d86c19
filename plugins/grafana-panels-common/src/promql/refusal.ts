/** Ends the printing of an expression; becomes the `reason` of the answer. */
export class Refusal extends Error {}
