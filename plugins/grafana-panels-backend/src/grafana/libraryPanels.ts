import { toError } from '@backstage/errors';

const MAX_LIBRARY_PANELS = 100;

type Json = Record<string, unknown>;

/**
 * Puts the models of library panels in the places that refer to them, also within rows. A model that refers to a library
 * panel itself stays as it is, so there is no cycle. What can't be read stays a reference and is named.
 */
export async function fillLibraryPanels(
  dashboard: Json,
  read: (uid: string) => Promise<Json>,
): Promise<{ dashboard: Json; problems: string[] }> {
  const models = new Map<string, Json>();
  const problems: string[] = [];
  const uids = [...new Set(panelsOf(dashboard).flatMap(referenceOf))];
  await Promise.all(
    uids.slice(0, MAX_LIBRARY_PANELS).map(async uid => {
      try {
        models.set(uid, await read(uid));
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
  const fill = (panel: Json): Json => {
    const [uid] = referenceOf(panel);
    const model = uid === undefined ? undefined : models.get(uid);
    // Where it stands is the dashboard's matter, what it shows the library's
    const { id, gridPos, libraryPanel } = panel;
    return model ? { ...model, id, gridPos, libraryPanel } : panel;
  };
  return {
    dashboard: {
      ...dashboard,
      ...(Array.isArray(dashboard.panels) && {
        panels: dashboard.panels.map(panel =>
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
        ),
      }),
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
