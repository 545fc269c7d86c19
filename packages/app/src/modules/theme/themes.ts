import {
  createUnifiedTheme,
  genPageTheme,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';

/**
 * The MUI side of the look, for the parts of Backstage that still use it. The values repeat those of
 * tokens.css: MUI computes with colours, so it can't be given CSS variables.
 */
interface Colours {
  app: string;
  surface: string;
  raised: string;
  border: string;
  text: string;
  secondary: string;
  accent: string;
  onAccent: string;
  ready: string;
  waiting: string;
  failing: string;
}

const light: Colours = {
  app: '#f6f7f9',
  surface: '#ffffff',
  raised: '#f1f3f6',
  border: '#dfe3e8',
  text: '#1a1f27',
  secondary: '#58616e',
  accent: '#4353c9',
  onAccent: '#ffffff',
  ready: '#1a7f37',
  waiting: '#8a5a00',
  failing: '#c4262e',
};

const dark: Colours = {
  app: '#0f1216',
  surface: '#171b21',
  raised: '#1f252d',
  border: '#2c343f',
  text: '#e6e9ee',
  secondary: '#9aa4b2',
  accent: '#a3b0ff',
  onAccent: '#12162e',
  ready: '#4cc272',
  waiting: '#e0b04c',
  failing: '#ff7b7b',
};

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif';

function create(mode: 'light' | 'dark', c: Colours): UnifiedTheme {
  const page = genPageTheme({
    colors: [c.app, c.app],
    shape: 'none',
    options: { fontColor: c.text },
  });
  return createUnifiedTheme({
    fontFamily: FONT,
    htmlFontSize: 16,
    defaultPageTheme: 'home',
    // One calm header for every page, whatever its kind.
    pageTheme: Object.fromEntries(
      [
        'home',
        'documentation',
        'tool',
        'service',
        'website',
        'library',
        'other',
        'app',
        'apis',
        'card',
      ].map(id => [id, page]),
    ),
    typography: {
      htmlFontSize: 16,
      fontFamily: FONT,
      h1: { fontSize: 24, fontWeight: 600, marginBottom: 8 },
      h2: { fontSize: 20, fontWeight: 600, marginBottom: 8 },
      h3: { fontSize: 18, fontWeight: 600, marginBottom: 8 },
      h4: { fontSize: 16, fontWeight: 600, marginBottom: 8 },
      h5: { fontSize: 14, fontWeight: 600, marginBottom: 4 },
      h6: { fontSize: 14, fontWeight: 600, marginBottom: 4 },
    },
    palette: {
      ...palettes[mode],
      mode,
      background: { default: c.app, paper: c.surface },
      text: { primary: c.text, secondary: c.secondary },
      divider: c.border,
      border: c.border,
      link: c.accent,
      linkHover: c.accent,
      textContrast: c.text,
      textSubtle: c.secondary,
      textVerySubtle: c.border,
      highlight: c.raised,
      gold: c.waiting,
      primary: { main: c.accent, contrastText: c.onAccent },
      secondary: { main: c.secondary, contrastText: c.surface },
      error: { main: c.failing },
      warning: { main: c.waiting },
      info: { main: c.accent },
      success: { main: c.ready },
      errorBackground: c.surface,
      warningBackground: c.surface,
      infoBackground: c.surface,
      errorText: c.failing,
      warningText: c.waiting,
      infoText: c.accent,
      status: {
        ok: c.ready,
        warning: c.waiting,
        error: c.failing,
        running: c.accent,
        pending: c.waiting,
        aborted: c.secondary,
      },
      bursts: {
        fontColor: c.text,
        slackChannelText: c.text,
        backgroundColor: { default: c.surface },
        gradient: { linear: 'none' },
      },
      navigation: {
        background: c.app,
        indicator: c.accent,
        color: c.secondary,
        selectedColor: c.text,
        navItem: { hoverBackground: c.raised },
        submenu: { background: c.surface },
      },
    },
    components: {
      MuiPaper: {
        styleOverrides: {
          root: { backgroundImage: 'none' },
          elevation1: { boxShadow: 'none', border: `1px solid ${c.border}` },
          elevation2: { boxShadow: 'none', border: `1px solid ${c.border}` },
          rounded: { borderRadius: 8 },
        },
      },
      MuiButton: {
        styleOverrides: {
          root: { textTransform: 'none', borderRadius: 6, fontSize: 14 },
          contained: { boxShadow: 'none' },
        },
      },
      MuiTab: {
        styleOverrides: { root: { textTransform: 'none', fontSize: 14 } },
      },
      MuiTableCell: {
        styleOverrides: {
          root: { fontSize: 14, borderColor: c.border },
          head: { textTransform: 'none', letterSpacing: 0, fontSize: 13 },
        },
      },
      BackstageHeader: {
        styleOverrides: {
          header: {
            backgroundImage: 'none',
            backgroundColor: c.app,
            boxShadow: 'none',
            padding: '20px 32px 12px',
          },
          title: { color: c.text, fontSize: 20, fontWeight: 600 },
          subtitle: { color: c.secondary },
          type: { color: c.secondary },
          breadcrumb: { color: c.secondary },
          breadcrumbType: { color: c.secondary },
          breadcrumbTitle: { color: c.text },
        },
      },
      BackstageContent: {
        styleOverrides: { root: { padding: '8px 32px 48px' } },
      },
      CatalogReactUserListPicker: {
        styleOverrides: {
          root: {
            backgroundColor: c.surface,
            border: `1px solid ${c.border}`,
          },
          groupWrapper: { border: 'none' },
        },
      },
      BackstageTableHeader: {
        styleOverrides: {
          header: {
            textTransform: 'none',
            color: c.secondary,
            fontSize: 13,
            backgroundColor: c.surface,
          },
        },
      },
    } as NonNullable<Parameters<typeof createUnifiedTheme>[0]['components']>,
  });
}

export const lightTheme = create('light', light);
export const darkTheme = create('dark', dark);
