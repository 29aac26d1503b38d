/** One problem for a server that does not answer, in place of one for each check that asks it. */
import { t } from '../../i18n/translate';
import { type Check, type Finding, type SetupAnswers } from './finding';

interface Cause {
  id: string;
  /** Whether it explains every missing answer of its server; else only those that failed with the same words */
  isWhole: boolean;
}

/** The checks that others depend on, the first ones first. */
const CAUSES: readonly Cause[] = [
  { id: 'tempo-reachable', isWhole: true },
  { id: 'prometheus-reachable', isWhole: true },
  { id: 'generator-series', isWhole: false },
];

function notChecked(cause: Check): Finding {
  return {
    state: 'unknown',
    summary: t('traceatlas.setup.not-checked', 'Not checked because of the problem under “{{title}}”.', {
      title: cause.title(),
    }),
  };
}

/** A check that lacks an answer refers to the check that has the problem, and waits for that one. */
export function withoutRepetition(checks: readonly Check[]): Check[] {
  const causes = CAUSES.flatMap((cause) => {
    const check = checks.find(({ id }) => id === cause.id);
    return check ? [{ ...cause, check }] : [];
  });
  const judge = (check: Check, answers: Partial<SetupAnswers>): Finding | undefined => {
    const finding = check.judge(answers);
    if (finding?.state !== 'problem' || finding.unanswered === undefined) {
      return finding;
    }
    const own = causes.findIndex(({ id }) => id === check.id);
    for (const { check: cause, isWhole } of own < 0 ? causes : causes.slice(0, own)) {
      const of = cause.judge(answers);
      if (of === undefined) {
        return undefined;
      }
      const explains = of.state === 'problem' && of.unanswered === finding.unanswered;
      if (explains && (isWhole || of.summary === finding.summary)) {
        return notChecked(cause);
      }
    }
    return finding;
  };
  return checks.map((check) => ({ ...check, judge: (answers) => judge(check, answers) }));
}
