import { Link } from 'react-router-dom';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiArrowDownSLine, RiExternalLinkLine } from '@remixicon/react';
import {
  interpolateText,
  type DashboardLink,
  type RawTimeRange,
} from '@llm-platform/plugin-grafana-panels-common';
import { useDashboards, useLiveDashboard, type LiveVariable } from '../../data';
import { dashboardLinks } from '../links';
import type { DashboardSettings } from '../url';
import { writeSettings } from '../url/settings';
import { portalLink } from './portalLink';
import css from './DashboardLinks.module.css';

export interface DashboardLinksProps {
  links: readonly DashboardLink[];
  source: string;
  uid: string;
  /** The dashboard in Grafana. */
  grafanaUrl?: string;
  /** What is shown: `now-6h` stays that. */
  raw: RawTimeRange;
}

/** Where the dashboard's author leads on to. */
export function DashboardLinks(props: DashboardLinksProps) {
  const { links, raw, grafanaUrl, source, uid } = props;
  const { scope, variables } = useLiveDashboard();
  if (links.length === 0) {
    return undefined;
  }
  return (
    <span className={css.links}>
      {links.map((link, index) => {
        const carried = carry(link, raw, variables);
        if (link.kind === 'dashboards') {
          return (
            <TaggedDashboards
              key={index}
              link={link}
              carried={carried}
              source={source}
              uid={uid}
            />
          );
        }
        const target = portalLink(
          interpolateText(link.url ?? '', scope, 'percentencode'),
          { source, uid, grafanaUrl },
        );
        const title = interpolateText(link.title, scope) || target?.to;
        if (!target) {
          return undefined;
        }
        const to = withSettings(target.to, carried);
        return target.external ? (
          <a
            key={index}
            href={to}
            target="_blank"
            rel="noopener noreferrer"
            title={link.tooltip}
          >
            {title} <RiExternalLinkLine size={14} aria-hidden="true" />
          </a>
        ) : (
          <Link
            key={index}
            to={to}
            title={link.tooltip}
            target={link.newTab ? '_blank' : undefined}
          >
            {title}
          </Link>
        );
      })}
    </span>
  );
}

function TaggedDashboards(props: {
  link: DashboardLink;
  carried: Partial<DashboardSettings>;
  source: string;
  uid: string;
}) {
  const { link, carried, source, uid } = props;
  const dashboards = useDashboards();
  const items = (dashboards.data?.items ?? []).filter(
    item =>
      item.source === source &&
      item.uid !== uid &&
      link.tags.every(tag => item.tags.includes(tag)),
  );
  if (items.length === 0) {
    return undefined;
  }
  return (
    <MenuTrigger>
      <Button size="small" variant="tertiary" iconEnd={<RiArrowDownSLine />}>
        {link.title || 'Dashboards'}
      </Button>
      <Menu placement="bottom end">
        {items.map(item => (
          <MenuItem key={item.uid} href={dashboardLinks.one(item, carried)}>
            {item.title}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

/** What goes along: what is shown, whether the reader chose it or the dashboard. */
function carry(
  link: DashboardLink,
  raw: RawTimeRange,
  variables: readonly LiveVariable[],
): Partial<DashboardSettings> {
  return {
    ...(link.keepTime && { from: raw.from, to: raw.to }),
    ...(link.includeVariables && {
      variables: Object.fromEntries(
        variables.map(({ variable, selected }) => [variable.name, selected]),
      ),
    }),
  };
}

/** What the author wrote into the address counts more than what goes along. */
function withSettings(url: string, patch: Partial<DashboardSettings>): string {
  const [path, query = ''] = url.split('?', 2);
  const written = new URLSearchParams(query);
  const params = writeSettings(new URLSearchParams(), patch);
  for (const key of new Set(written.keys())) {
    params.delete(key);
  }
  const all = [written, params].map(String).filter(Boolean).join('&');
  return all ? `${path}?${all}` : path;
}
