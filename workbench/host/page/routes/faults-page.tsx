import React, { useState } from 'react';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Card, EmptyState, LoadingPlaceholder, Stack, Switch } from '@grafana/ui';
import { boot } from '../boot';
import { Page } from '../frame/page';
import { messageOf, useLoaded } from '../hooks/use-loaded';

/** A fault that the load controller can switch on in the sample services. */
interface Fault {
  id: string;
  title: string;
  description: string;
  active: boolean;
}

const FAULTS_URL = '/workbench/api/faults';

/** `/workbench`: switches for the faults of the sample services. */
export function FaultsPage() {
  const subTitle = 'Faults of the sample services, switched while they run';
  return (
    <Page pageNav={{ text: 'Faults', url: '/workbench', subTitle }}>
      {boot.workbench.hasLoadControl ? (
        <FaultList />
      ) : (
        <EmptyState variant="not-found" message="No sample services run beside this host" />
      )}
    </Page>
  );
}

function FaultList() {
  const [revision, setRevision] = useState(0);
  const [failure, setFailure] = useState<string>();
  const { value: faults, error } = useLoaded(String(revision), () =>
    getBackendSrv().get<Fault[]>(FAULTS_URL, undefined, undefined, { showErrorAlert: false })
  );
  const [shown, setShown] = useState<Fault[]>();
  const list = faults ?? shown;
  const toggle = async (fault: Fault) => {
    try {
      setFailure(undefined);
      setShown(list?.map((each) => (each.id === fault.id ? { ...each, active: !fault.active } : each)));
      await getBackendSrv().put(`${FAULTS_URL}/${fault.id}`, { active: !fault.active }, { showSuccessAlert: false });
    } catch (reason) {
      setFailure(messageOf(reason));
    } finally {
      setRevision((current) => current + 1);
    }
  };
  if (error) {
    return (
      <Alert title="The sample services do not answer" severity="error">
        {error.message}
      </Alert>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      {failure && (
        <Alert title="The fault could not be switched" severity="error">
          {failure}
        </Alert>
      )}
      {!list && <LoadingPlaceholder text="Loading ..." />}
      {list?.map((fault) => (
        <Card key={fault.id} noMargin>
          <Card.Heading>{fault.title}</Card.Heading>
          <Card.Description>{fault.description}</Card.Description>
          <Card.Tags>
            <Switch aria-label={fault.title} value={fault.active} onChange={() => void toggle(fault)} />
          </Card.Tags>
        </Card>
      ))}
    </Stack>
  );
}
