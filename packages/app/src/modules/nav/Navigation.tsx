import { Link, NavLink } from 'react-router-dom';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { LogoMark } from './Logo';
import { UserMenu } from './UserMenu';
import css from './nav.module.css';

/** What people come for, in the order in which they need it. */
const MAIN = [
  'page:models/home',
  'page:models',
  'page:models/gpus',
  'page:grafana-panels',
  'page:teams',
  'page:playground',
];
const REST = ['page:scaffolder', 'page:catalog', 'page:search'];
const SETTINGS = ['page:notifications', 'page:user-settings'];

export function Navigation(props: NavContentComponentProps) {
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'LLM Platform';
  const nav = props.navItems.withComponent(NavItem);
  // Reached from an entity; a page of its own helps nobody here.
  props.navItems.take('page:catalog-graph');
  const [main, rest, settings] = [MAIN, REST, SETTINGS].map(ids =>
    ids.map(id => nav.take(id)),
  );
  return (
    <nav className={css.nav} aria-label="Main">
      <a href="#content" className={css.skip}>
        Skip to content
      </a>
      <Link to="/" className={css.brand}>
        <LogoMark />
        <span className={css.label}>{title}</span>
      </Link>
      <ul className={css.list}>{main}</ul>
      <ul className={css.list}>
        {rest}
        {nav.rest({ sortBy: 'title' })}
      </ul>
      <div className={css.space} />
      <ul className={css.list}>{settings}</ul>
      <UserMenu />
    </nav>
  );
}

function NavItem(item: NavContentNavItem) {
  return (
    <li>
      <NavLink
        to={item.href}
        end={item.href === '/'}
        title={item.title}
        className={css.item}
      >
        <span className={css.icon} aria-hidden="true">
          {item.icon}
        </span>
        <span className={css.label}>{item.title}</span>
      </NavLink>
    </li>
  );
}
