import {
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@backstage/ui';
import {
  RiCodeSSlashLine,
  RiDownloadLine,
  RiExternalLinkLine,
  RiFullscreenExitLine,
  RiFullscreenLine,
  RiLineChartLine,
  RiLink,
  RiMore2Fill,
  RiTable2,
} from '@remixicon/react';
import type { LivePanel } from '../../data';
import type { ResolveUrl } from '../../panels';

export interface PanelMenuProps {
  live: LivePanel;
  /** The panel asks nothing: a text. */
  withoutData: boolean;
  /** Shown full size. */
  viewed: boolean;
  /** Undefined where there is no full size: on cards. */
  onView?: () => void;
  asTable: boolean;
  onTable: () => void;
  onAsk: () => void;
  onDownload: () => void;
  /** Where the panel's own links lead. */
  resolveUrl: ResolveUrl;
  /** The panel in Grafana, with the same time and variables. */
  grafanaUrl?: string;
}

/** What can be done with a panel. */
export function PanelMenu(props: PanelMenuProps) {
  const { live, viewed, onView, asTable } = props;
  return (
    <MenuTrigger>
      <ButtonIcon
        variant="tertiary"
        size="small"
        aria-label={`Menu of ${live.title || 'the panel'}`}
        icon={<RiMore2Fill />}
      />
      <Menu placement="bottom end">
        {onView ? (
          <MenuItem
            iconStart={viewed ? <RiFullscreenExitLine /> : <RiFullscreenLine />}
            onAction={onView}
          >
            {viewed ? 'Back to the dashboard' : 'Full size'}
          </MenuItem>
        ) : undefined}
        {props.withoutData ? undefined : (
          <>
            <MenuItem
              iconStart={asTable ? <RiLineChartLine /> : <RiTable2 />}
              onAction={props.onTable}
            >
              {asTable ? 'Show as picture' : 'Show as table'}
            </MenuItem>
            <MenuItem iconStart={<RiCodeSSlashLine />} onAction={props.onAsk}>
              What Prometheus was asked
            </MenuItem>
            <MenuItem
              iconStart={<RiDownloadLine />}
              onAction={props.onDownload}
            >
              Download CSV
            </MenuItem>
          </>
        )}
        {live.links.length > 0 || props.grafanaUrl ? (
          <MenuSeparator />
        ) : undefined}
        {live.links.map(link => {
          const target = props.resolveUrl(link.url);
          return (
            <MenuItem
              key={`${link.title} ${link.url}`}
              iconStart={<RiLink />}
              href={target?.href}
              target={link.newTab || target?.external ? '_blank' : undefined}
              isDisabled={!target}
            >
              {link.title || link.url}
            </MenuItem>
          );
        })}
        {props.grafanaUrl ? (
          <MenuItem
            iconStart={<RiExternalLinkLine />}
            href={props.grafanaUrl}
            target="_blank"
          >
            Open in Grafana
          </MenuItem>
        ) : undefined}
      </Menu>
    </MenuTrigger>
  );
}
