import { Link } from 'react-router-dom';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiArrowDownSLine, RiExternalLinkLine } from '@remixicon/react';
import {
  interpolateText,
  type DashboardLink,
} from '@llm-platform/plugin-grafana-panels-common';
import { useDashboards, useLiveDashboard } from '../../data';
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
  settings: DashboardSettings;
}

/** Where the dashboard's author leads on to. */
export function DashboardLinks(props: DashboardLinksProps) {
  const { links, settings, grafanaUrl, source } = props;
  const { scope } = useLiveDashboard();
  if (links.length === 0) {
    return undefined;
  }
  return (
    <span className={css.links}>
      {links.map((link, index) => {
        const carried = carry(link, settings);
        if (link.kind === 'dashboards') {
          return (
            <TaggedDashboards
              key={index}
              link={link}
              carried={carried}
              source={source}
              uid={props.uid}
            />
          );
        }
        const target = portalLink(
          interpolateText(link.url ?? '', scope, 'percentencode'),
          { source, grafanaUrl },
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

/** What of the reader's choice goes along. */
function carry(
  link: DashboardLink,
  settings: DashboardSettings,
): Partial<DashboardSettings> {
  return {
    ...(link.keepTime &&
      settings.from &&
      settings.to && { from: settings.from, to: settings.to }),
    ...(link.includeVariables && { variables: settings.variables }),
  };
}

function withSettings(url: string, patch: Partial<DashboardSettings>): string {
  const [path, query = ''] = url.split('?', 2);
  const params = writeSettings(new URLSearchParams(query), patch).toString();
  return params ? `${path}?${params}` : path;
}
