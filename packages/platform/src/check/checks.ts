import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EnvironmentName, addons, environments } from '../declarations';
import { EmbeddedCluster, platformDir } from '../embedded';
import { checkModelsFit } from '../models';
import { checkQuotas, formatPlan, planCapacity } from '../planner';
import { complaints } from '../programs';
import {
  OutsideObject,
  Problem,
  checkFiles,
  checkReferences,
  parseOutside,
} from '../references';
import { RenderedObject, renderDirectory } from '../rendered';
import { checkSelectorsKept, parseSelectors } from '../selectors';
import { checkServices } from '../services';
import { checkSettings } from '../settings';
import { admissionProblems } from './admission';
import { Manifests, committedSettings, isReadOtherwise } from './manifests';
import { ConfigurationTools, configurationProblems } from './observability';

/** What a check found, and what there is to see when it found nothing. */
export interface Outcome {
  problems: string[];
  notes?: string[];
}

/** One line of the report. */
export interface Check {
  name: string;
  run(): Promise<Outcome>;
}

/** What the checks need. */
export interface CheckContext {
  manifests: Manifests;
  cluster: EmbeddedCluster;
  tools: ConfigurationTools;
}

/** All checks of the manifests, those of each overlay behind those of the whole. */
export function checksOf(context: CheckContext): Check[] {
  const { manifests, tools } = context;
  return [
    {
      name: 'every file is used exactly once',
      run: async () => ({ problems: lines(filesProblems(manifests)) }),
    },
    {
      name: 'the settings that are filled in are no placeholders',
      run: async () => ({
        // What is missing fails where it is needed, by its name.
        problems: checkSettings(await committedSettings()).problems.filter(
          problem => !problem.includes(' is missing'),
        ),
      }),
    },
    {
      name: 'the alerts do what their tests say',
      run: async () => ({
        problems: await complaints(tools.promtool, [
          'test',
          'rules',
          path.join(platformDir(), 'alert-tests', 'platform.yaml'),
        ]),
      }),
    },
    ...manifests.overlays.flatMap(overlay => overlayChecks(overlay, context)),
  ];
}

/** Files that nobody uses or two use, and names without a file. */
export function filesProblems(manifests: Manifests): Problem[] {
  return checkFiles(manifests.files(), {
    roots: manifests.overlays.map(name => `overlays/${name}`),
    ignored: isReadOtherwise,
  });
}

function overlayChecks(overlay: string, context: CheckContext): Check[] {
  const { manifests, cluster, tools } = context;
  let objects: RenderedObject[] = [];
  const check = (name: string, run: Check['run']): Check => ({
    name: `${overlay}: ${name}`,
    run: () =>
      objects.length > 0
        ? run()
        : Promise.resolve({ problems: ['it was not rendered'] }),
  });
  return [
    {
      name: `${overlay}: renders without a warning`,
      run: async () => {
        const rendered = await renderDirectory({
          kubectl: cluster.kubectlPath,
          dir: manifests.overlayDir(overlay),
        });
        objects = rendered.objects;
        return {
          problems: rendered.warnings,
          notes: [`${objects.length} objects`],
        };
      },
    },
    check('every reference resolves', async () => ({
      problems: lines(
        checkReferences(objects, await outsideOf(manifests, overlay)),
      ),
    })),
    check(
      'the services are asked at their paths, with a model each',
      async () => ({
        problems: lines(checkServices(objects)),
      }),
    ),
    check('every model fits the memory of its GPU', async () => ({
      problems: lines(checkModelsFit(objects)),
    })),
    check('selectors are what they were', async () => ({
      problems: lines(checkSelectorsKept(objects, await recordedSelectors())),
    })),
    check('everything schedules, also during updates', async () => {
      const environment = environments[overlay as EnvironmentName];
      const plan = planCapacity({
        objects,
        environment,
        // What AWS installs runs on AWS alone.
        addons: overlay === 'embedded' ? [] : addons,
      });
      const failed =
        plan.unscheduled.length > 0 ||
        plan.rollouts.some(({ problem }) => problem);
      const table = formatPlan(plan);
      return failed ? { problems: table } : { problems: [], notes: table };
    }),
    check('the quotas leave room for it', async () => ({
      problems: checkQuotas(
        objects,
        environments[overlay as EnvironmentName],
      ).map(({ owner, message }) => `${owner} ${message}`),
    })),
    check('the observability programs know their configuration', async () => ({
      problems: await configurationProblems(objects, tools),
    })),
    check('the control plane accepts it, with all policies', async () => ({
      problems: await admissionProblems(
        cluster,
        objects,
        await outsideOf(manifests, overlay),
      ),
    })),
  ];
}

/** The declared list of what an overlay uses and something else makes. */
export async function outsideOf(
  manifests: Manifests,
  overlay: string,
): Promise<OutsideObject[]> {
  return parseOutside(
    await readFile(
      path.join(manifests.overlayDir(overlay), 'outside.yaml'),
      'utf8',
    ),
  );
}

/** The selectors as they were deployed once. */
export async function recordedSelectors() {
  return parseSelectors(
    await readFile(path.join(platformDir(), 'selectors.yaml'), 'utf8'),
  );
}

function lines(problems: Problem[]): string[] {
  return problems.map(({ at, message }) => `${at}: ${message}`);
}
