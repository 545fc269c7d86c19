export {
  dashboardPlacementSchema,
  fillVariables,
  panelPlacementSchema,
  refOf,
  type DashboardPlacement,
  type PanelPlacement,
} from './placement';
