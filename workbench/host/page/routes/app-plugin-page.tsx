import React from 'react';
import { Alert, LoadingPlaceholder } from '@grafana/ui';
import { useLocation, useParams } from 'react-router-dom-v5-compat';
import { useLoaded } from '../hooks/use-loaded';
import { importAppPlugin } from '../shims/plugin-loader';

const ignoreNavigation = () => undefined;

/** `/a/<id>/*`: the root page of an app plugin. */
export function AppPluginPage() {
  const { id = '' } = useParams();
  const { pathname, search } = useLocation();
  const { value: plugin, error } = useLoaded(id, () => importAppPlugin(id));
  if (error) {
    return (
      <Alert title={`The app ${id} could not be loaded`} severity="error">
        {error.message}
      </Alert>
    );
  }
  if (!plugin) {
    return <LoadingPlaceholder text="Loading app ..." />;
  }
  const Root = plugin.root;
  return Root ? (
    <Root
      meta={plugin.meta}
      basename={`/a/${id}`}
      path={pathname}
      query={Object.fromEntries(new URLSearchParams(search))}
      onNavChanged={ignoreNavigation}
    />
  ) : (
    <Alert title={`The app ${id} has no pages`} severity="warning" />
  );
}
