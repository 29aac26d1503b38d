import React from 'react';
import { type AppPlugin, type NavModelItem } from '@grafana/data';
import { Alert, LinkButton, LoadingPlaceholder } from '@grafana/ui';
import { useLocation, useParams } from 'react-router-dom-v5-compat';
import { boot } from '../boot';
import { Page } from '../frame/page';
import { useLoaded } from '../hooks/use-loaded';
import { importAppPlugin } from '../shims/plugin-loader';

/** `/plugins/<id>`: the configuration pages of an app plugin. */
export function PluginConfigPage() {
  const { id = '' } = useParams();
  const { value: plugin, error } = useLoaded(id, () => importAppPlugin(id));
  if (error) {
    return (
      <Page pageNav={{ text: id }}>
        <Alert title={`The plugin ${id} could not be loaded`} severity="error">
          {error.message}
        </Alert>
      </Page>
    );
  }
  return plugin ? <ConfigPages id={id} plugin={plugin} /> : <LoadingPlaceholder text="Loading ..." />;
}

function ConfigPages({ id, plugin }: { id: string; plugin: AppPlugin }) {
  const { search } = useLocation();
  const query = Object.fromEntries(new URLSearchParams(search));
  const pages = plugin.configPages ?? [];
  const current = pages.find((page) => page.id === query.page) ?? pages[0];
  const pageNav: NavModelItem = {
    text: plugin.meta.name,
    url: `/plugins/${id}`,
    img: plugin.meta.info.logos.small,
    subTitle: plugin.meta.info.description,
    children: pages.map((page) => ({
      text: page.title,
      icon: page.icon,
      url: `/plugins/${id}?page=${page.id}`,
      active: page === current,
    })),
  };
  const Body = current?.body;
  const home = boot.workbench.plugins
    .find((meta) => meta.id === id)
    ?.includes?.find(({ defaultNav }) => defaultNav)?.path;
  return (
    <Page pageNav={pageNav} actions={home && <LinkButton href={home}>Open</LinkButton>}>
      {Body ? (
        <Body plugin={plugin} query={query} />
      ) : (
        <Alert title="This plugin has no configuration" severity="info" />
      )}
    </Page>
  );
}
