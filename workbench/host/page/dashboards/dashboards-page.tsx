import React from 'react';
export function DashboardsPage() { return <div />; }
