import { theme } from '../testUtils';
import { safeHtml as sanitize } from './sanitize';

const safeHtml = (content: string, mode: string) =>
  sanitize(content, mode, theme);

describe('texts of dashboards', () => {
  it('reads markdown', () => {
    const html = safeHtml('# Title\n\n**bold** and `code`', 'markdown');
    expect(html).toContain('<h1>Title</h1>');
    expect(html).toContain('<strong>bold</strong>');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<img src="x" onerror="alert(1)">'],
    ['a frame', '<iframe src="https://example.org"></iframe>'],
    ['a form', '<form action="/steal"><input name="password"></form>'],
    ['a style sheet', '<style>body { display: none }</style>'],
    ['a script as an address', '<a href="javascript:alert(1)">click</a>'],
    ['a hidden script', '<svg><animate onbegin="alert(1)"></svg>'],
    ['another page', '<base href="https://evil.example">'],
  ])('takes out %s', (_what, text) => {
    for (const mode of ['html', 'markdown']) {
      const { body } = new DOMParser().parseFromString(
        safeHtml(text, mode),
        'text/html',
      );
      expect(
        body.querySelector(
          'script,iframe,form,input,style,svg,base,[onerror],[onbegin]',
        ),
      ).toBeNull();
      expect(body.querySelector('a')?.getAttribute('href') ?? '').not.toMatch(
        /javascript/i,
      );
    }
  });

  it('keeps a text within its panel', () => {
    const html = safeHtml(
      '<div style="position: fixed; inset: 0; color: red">all over the page</div>',
      'html',
    );
    expect(html).not.toContain('fixed');
    expect(html).toContain('all over the page');
  });

  it('borrows nothing of the portal’s own looks and labels', () => {
    const html = safeHtml('<p class="danger" id="root">text</p>', 'html');
    expect(html).toBe('<p>text</p>');
  });

  it('makes colours readable and names no picture for nobody', () => {
    const html = safeHtml(
      '<b style="color: yellow">note</b><img src="https://example.org/x.png">',
      'html',
    );
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    const [r, g, b] = body
      .querySelector('b')!
      .style.color.match(/\d+/g)!
      .map(Number);
    expect(Math.max(r, g, b)).toBeLessThan(160);
    expect(body.querySelector('img')?.getAttribute('alt')).toBe('');
  });

  it('leads to where the page says, and keeps the text of what leads nowhere', () => {
    const html = sanitize(
      '[models](/d/llm-models/models?var-model=x) [gone **there**](other) [docs](https://example.org)',
      'markdown',
      theme,
      url => {
        if (url.startsWith('https:')) {
          return { href: url, external: true };
        }
        return url.startsWith('/d/')
          ? { href: '/dashboards/files/llm-models', external: false }
          : undefined;
      },
    );
    expect(html.trim()).toBe(
      '<p><a href="/dashboards/files/llm-models">models</a> gone <strong>there</strong> ' +
        '<a href="https://example.org" target="_blank" rel="noopener noreferrer">docs</a></p>',
    );
  });

  it('opens links beside the portal', () => {
    const html = safeHtml('[docs](https://example.org)', 'markdown');
    expect(html).toContain('target="_blank"');
    expect(html).toContain('noopener');
  });
});
