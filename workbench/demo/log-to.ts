import { type Progress } from './progress';
import { type Resources } from './resources';

/** What the parts say goes above the running steps; while all is being stopped it is of no interest. */
export function logTo(progress: Progress, resources: Resources): (line: string) => void {
  return (line) => {
    if (!resources.signal.aborted) {
      progress.line(`  ${line}`);
    }
  };
}
