import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaDataUnstable from '@grafana/data/unstable';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import i18next from 'i18next';
import lodash from 'lodash';
// plugins may ask for it; the host itself uses dateTime
// eslint-disable-next-line no-restricted-imports
import moment from 'moment';
import * as react from 'react';
import * as reactDom from 'react-dom';
import * as reactDomClient from 'react-dom/client';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactRouter from 'react-router-dom-v5-compat';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

/** What a plugin's AMD module gets from its host instead of bundling it: the externals of the plugin build. */
const SHARED: Record<string, object> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/data/unstable': grafanaDataUnstable,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/runtime/unstable': grafanaRuntimeUnstable,
  '@grafana/ui': grafanaUi,
  '@grafana/ui/unstable': grafanaUiUnstable,
  i18next: withDefault(i18next),
  lodash: withDefault(lodash),
  moment: withDefault(moment),
  react: withDefault(react),
  'react-dom': withDefault(reactDom),
  'react-dom/client': reactDomClient,
  'react/jsx-runtime': jsxRuntime,
  'react-router': reactRouter,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

/** CommonJS libraries: importers read either the default or the names. */
function withDefault(library: object): object {
  return { ...library, default: library, __useDefault: true };
}

/** Makes the host's own packages known to SystemJS, so that plugin and host share one React, one theme, one runtime. */
export function shareModules(): void {
  const imports: Record<string, string> = {};
  for (const [name, module] of Object.entries(SHARED)) {
    const url = `${window.location.origin}/shared:${name}`;
    imports[name] = url;
    // Tagged as a module, SystemJS keeps the bindings live: PluginPage and others are set only after this.
    System.set(url, Object.create(module, { [Symbol.toStringTag]: { value: 'Module' } }));
  }
  System.addImportMap({ imports });
}
