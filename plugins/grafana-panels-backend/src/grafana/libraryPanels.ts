import { toError } from '@backstage/errors';

const MAX_LIBRARY_PANELS = 100;
/** Characters that all places together may be filled with: one model may be in thousands of them. */
const MAX_FILLED = 5 * 1024 * 1024;

type Json = Record<string, unknown>;

/**
 * Puts the models of library panels in the places that refer to them, also within rows. A model that refers to a library
 * panel itself stays as it is, so there is no cycle. What can't be read stays a reference and is named.
 */
export async function fillLibraryPanels(
  dashboard: Json,
  read: (uid: string) => Promise<Json>,
): Promise<{ dashboard: Json; problems: string[] }> {
  const models = new Map<string, { model: Json; size: number }>();
  const problems: string[] = [];
  const uids = [...new Set(panelsOf(dashboard).flatMap(referenceOf))];
  await Promise.all(
    uids.slice(0, MAX_LIBRARY_PANELS).map(async uid => {
      try {
        const model = await read(uid);
        models.set(uid, { model, size: JSON.stringify(model).length });
      } catch (error) {
        problems.push(
          `Library panel ${uid} could not be read: ${toError(error).message}`,
        );
      }
    }),
  );
  if (uids.length > MAX_LIBRARY_PANELS) {
    problems.push(
      `Only the first ${MAX_LIBRARY_PANELS} library panels were read.`,
    );
  }
  let left = MAX_FILLED;
  const fill = (panel: Json): Json => {
    const [uid] = referenceOf(panel);
    const found = uid === undefined ? undefined : models.get(uid);
    if (!found) {
      return panel;
    }
    left -= found.size;
    // Where it stands is the dashboard's matter, what it shows the library's
    const { id, gridPos, libraryPanel } = panel;
    return left < 0 ? panel : { ...found.model, id, gridPos, libraryPanel };
  };
  const filled = Array.isArray(dashboard.panels)
    ? dashboard.panels.map(panel =>
        isRecord(panel)
          ? {
              ...fill(panel),
              ...(Array.isArray(panel.panels) && {
                panels: panel.panels.map(inner =>
                  isRecord(inner) ? fill(inner) : inner,
                ),
              }),
            }
          : panel,
      )
    : undefined;
  if (left < 0) {
    problems.push(
      'The library panels of this dashboard are too large together: some stay empty.',
    );
  }
  return {
    dashboard: {
      ...dashboard,
      ...(filled && { panels: filled }),
    },
    problems,
  };
}

function panelsOf(dashboard: Json): Json[] {
  const panels = listOf(dashboard.panels);
  return [...panels, ...panels.flatMap(row => listOf(row.panels))];
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function referenceOf(panel: Json): string[] {
  const reference = panel.libraryPanel;
  return isRecord(reference) && typeof reference.uid === 'string'
    ? [reference.uid]
    : [];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
