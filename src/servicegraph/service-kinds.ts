/** What a service is, by the calls it makes and receives. */
import { type CallDraft } from './call-drafts';
import { type ServiceKind, VIRTUAL_USER } from './model';

/** Well-known values of `messaging.system` (OpenTelemetry semantic conventions 1.38). */
const MESSAGING_SYSTEMS = new Set(
  'activemq aws.sns aws_sqs eventgrid eventhubs gcp_pubsub jms kafka pulsar rabbitmq rocketmq servicebus'.split(' ')
);

/** By Service.id; services that are not in it send spans themselves. */
export function kindsOf(drafts: readonly CallDraft[]): Map<string, ServiceKind> {
  const kinds = new Map<string, ServiceKind>();
  const real = instrumented(drafts);
  const set = (id: string, kind: ServiceKind) => {
    if (!real.has(id) && !kinds.has(id)) {
      kinds.set(id, kind);
    }
  };
  for (const draft of drafts) {
    const { source, target, connectionType } = draft;
    if (connectionType === 'database' && (target.id === source.id || !real.has(target.id))) {
      kinds.set(target.id, 'database');
    } else if (connectionType === 'virtual_node') {
      if (calleeIsVirtual(draft)) {
        set(target.id, MESSAGING_SYSTEMS.has(target.name) ? 'messaging' : 'external');
      } else {
        set(source.id, source.name === VIRTUAL_USER ? 'user' : 'external');
      }
    }
  }
  return kinds;
}

function instrumented(drafts: readonly CallDraft[]): Set<string> {
  const found = new Set<string>();
  for (const draft of drafts) {
    const plain = draft.connectionType === '' || draft.connectionType === 'messaging_system';
    const virtual = draft.connectionType === 'virtual_node';
    const calleeUnseen = virtual && calleeIsVirtual(draft);
    if (!virtual || calleeUnseen) {
      found.add(draft.source.id);
    }
    if (plain || (virtual && !calleeUnseen)) {
      found.add(draft.target.id);
    }
  }
  return found;
}

function calleeIsVirtual({ virtualEnd, source, means }: CallDraft): boolean {
  return virtualEnd ? virtualEnd === 'server' : source.name !== VIRTUAL_USER && !((means.server ?? 0) > 0);
}
