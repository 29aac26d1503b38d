import { t } from '../../i18n/translate';
import { type Failure } from './answer';
import { type Finding } from './finding';

/** The finding of a check whose question got no answer. `server` is what was asked: Tempo, Prometheus. */
export function failureFinding(failure: Failure, server: string): Finding {
  return { ...textsOf(failure, server), unanswered: server };
}

function textsOf({ kind, message }: Failure, server: string): Finding {
  const values = { server, message };
  switch (kind) {
    case 'forbidden':
      return unknown(
        t('traceatlas.setup.failure.forbidden', 'You may not ask {{server}} this: {{message}}', values),
        t(
          'traceatlas.setup.failure.forbidden-why',
          'Somebody with more rights can run this check and send you its report.'
        )
      );
    case 'unsupported':
      return unknown(t('traceatlas.setup.failure.unsupported', '{{server}} does not answer this question.', values));
    case 'missing':
      return unknown(t('traceatlas.setup.failure.missing', 'Not looked at: {{message}}.', values));
    case 'tenant':
      return unknown(t('traceatlas.setup.failure.tenant', 'Not looked at: {{server}} wants a tenant.', values));
    case 'timeout':
      return problem(t('traceatlas.setup.failure.timeout', '{{server}} did not answer in time: {{message}}.', values));
    case 'unreachable':
      return problem(t('traceatlas.setup.failure.unreachable', '{{server}} cannot be reached: {{message}}.', values));
    case 'refused':
      return problem(t('traceatlas.setup.failure.refused', '{{server}} refused: {{message}}', values));
    case 'badAnswer':
      return problem(
        t('traceatlas.setup.failure.bad-answer', 'What came back is no answer of {{server}} ({{message}}).', values),
        t(
          'traceatlas.setup.failure.bad-answer-why',
          'Something else answers at this address: a login page, or a server with another API.'
        )
      );
  }
}

function unknown(summary: string, why?: string): Finding {
  return { state: 'unknown', summary, ...(why ? { why } : {}) };
}

function problem(summary: string, why?: string): Finding {
  return { state: 'problem', summary, ...(why ? { why } : {}) };
}
