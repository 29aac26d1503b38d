import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Plugin, transform } from 'esbuild';

/** A CSS file that a package imports becomes a style element, so that lazy chunks bring their own. */
export const cssAsStyleTags: Plugin = {
  name: 'css-as-style-tags',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await withFonts(await readFile(path, 'utf8'), dirname(path));
      const { code } = await transform(css, { loader: 'css', minify: true });
      return {
        loader: 'js',
        contents: `const style = document.createElement('style');
style.textContent = ${JSON.stringify(code)};
document.head.append(style);`,
      };
    });
  },
};

/** Fonts beside the file, such as the icons of the code editor, as data: a style element has no place of its own to look from. */
async function withFonts(css: string, folder: string): Promise<string> {
  let result = '';
  let end = 0;
  for (const { 0: match, 1: file, index } of css.matchAll(/url\(['"]?(\.\/[\w./-]+\.ttf)['"]?\)/g)) {
    const font = await readFile(join(folder, file));
    result += `${css.slice(end, index)}url("data:font/ttf;base64,${font.toString('base64')}")`;
    end = index + match.length;
  }
  return result + css.slice(end);
}
