/** What the frames of an answer are made with, beside the answer. */
export interface FrameInput {
  refId: string;
  /** With all variables filled in. */
  expr: string;
  legendFormat?: string;
  stepMs: number;
}
