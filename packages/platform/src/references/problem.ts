/** Something that the manifests promise and don't keep. @public */
export interface Problem {
  /** The object or file at fault, for people. */
  at: string;
  /** What is wrong and what to do about it. */
  message: string;
}
