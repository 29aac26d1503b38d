import path from 'node:path';
import CopyWebpackPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';
import VirtualModulesPlugin from 'webpack-virtual-modules';
import getBaseConfig, { type Env } from './.config/webpack/webpack.config.ts';
import { getPluginJson } from './.config/bundler/utils.ts';

/** Older versions of Grafana 12 do not share these; src/react-jsx-runtime.ts takes their place. */
const JSX_RUNTIMES = ['react/jsx-runtime', 'react/jsx-dev-runtime'];

// Grafana serves a nested plugin's module.js from /public/plugins/<nested id>/, but webpack emits every shared
// chunk into the root of dist, i.e. /public/plugins/<app id>/. So all entries load their chunks from there.
const config = async (env: Env): Promise<Configuration> => {
  const base = await getBaseConfig(env);
  const { id } = getPluginJson();
  const publicPath = new VirtualModulesPlugin({
    'node_modules/grafana-public-path.js': `
import amdMetaModule from 'amd-module';
const uri = amdMetaModule && amdMetaModule.uri;
__webpack_public_path__ = uri
  ? uri.replace(/\\/public\\/plugins\\/[^/]+\\/.*$/, '/public/plugins/${id}/')
  : 'public/plugins/${id}/';
`,
  });
  const jsxRuntime = path.resolve(process.cwd(), 'src/react-jsx-runtime.ts');
  return {
    ...base,
    externals: [base.externals ?? []].flat().filter((name) => !JSX_RUNTIMES.some((runtime) => runtime === name)),
    resolve: {
      ...base.resolve,
      alias: { ...base.resolve?.alias, ...Object.fromEntries(JSX_RUNTIMES.map((name) => [`${name}$`, jsxRuntime])) },
    },
    // All entries push their chunks to one global list, and every entry on the page takes modules from it. So a module
    // must have the same exports in each chunk, not only those that the chunk's own entry uses.
    optimization: { ...base.optimization, usedExports: 'global' },
    plugins: [
      ...(base.plugins ?? []).filter((plugin) => plugin?.constructor?.name !== 'VirtualModulesPlugin'),
      publicPath,
      new CopyWebpackPlugin({ patterns: [{ from: '{datasource,panels/*}/img/**', to: '.', noErrorOnMissing: true }] }),
    ],
  };
};

export default config;
