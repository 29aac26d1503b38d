import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** A CSS file that a package imports becomes a style element, so that lazy chunks bring their own. */
export const cssAsStyleTags: Plugin = {
  name: 'css-as-style-tags',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return {
        loader: 'js',
        contents: `const style = document.createElement('style');
style.textContent = ${JSON.stringify(code)};
document.head.append(style);`,
      };
    });
  },
};
