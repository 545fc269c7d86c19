import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** The pages lie beside what they measure. */
const PAGES = path.join(__dirname, '../../grafana-panels/bench');

/** Bundles the portal's page and the bare one, minified as for production. */
export async function bundlePages(outdir: string): Promise<void> {
  await build({
    entryPoints: {
      portal: path.join(PAGES, 'page.tsx'),
      bare: path.join(PAGES, 'bare.ts'),
      // What packages/app loads for all pages.
      ui: require.resolve('@backstage/ui/css/styles.css'),
    },
    outdir,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'chrome120',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'error',
  });
  await writePage(outdir, 'portal', ['ui', 'portal']);
  await writePage(outdir, 'bare', ['bare']);
}

async function writePage(
  outdir: string,
  name: string,
  styles: string[],
): Promise<void> {
  const links = styles.map(
    style => `<link rel="stylesheet" href="/${style}.css">`,
  );
  await writeFile(
    path.join(outdir, `${name}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>${links.join(
      '',
    )}<body><script type="module" src="/${name}.js"></script></body></html>`,
  );
}
