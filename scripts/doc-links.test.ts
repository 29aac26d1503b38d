import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

/** Text of a page without its code blocks, in which brackets are no links and `#` no heading */
function proseOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
}

/** The anchor of a heading, as GitHub makes it */
function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsOf(file: string): string[] {
  return [...proseOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));
}

const FOLDERS = ['docs', 'src', 'workbench', 'bench', 'scripts', 'tests', 'provisioning', 'docker'];
const pages = [
  ...readdirSync(root),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { encoding: 'utf8', recursive: true }).map((file) => path.join(folder, file))
  ),
].filter((file) => file.endsWith('.md'));

const links = pages.flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .map((link) => [page, link] as const)
);

it('finds links', () => {
  expect(links.length).toBeGreaterThan(50);
});

it.each(links)('%s: %s leads somewhere', (page, link) => {
  const [file, anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  expect(existsSync(path.join(root, target))).toBe(true);
  if (anchor) {
    expect(anchorsOf(target)).toContain(anchor);
  }
});
