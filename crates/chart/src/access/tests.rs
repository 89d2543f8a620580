//! The shipped tables, and what a wrong one is told.

use super::*;

#[test]
fn the_shipped_tables_name_every_role_and_permission() {
    let grants = Grants::read(ROLES, PERMISSIONS).unwrap();
    let roles: Vec<Role> = grants.roles.iter().map(|line| line.role).collect();
    assert_eq!(roles, Role::ALL);
    for permission in Permission::ALL {
        assert!(!grants.holders(*permission).is_empty(), "{permission} is held by nobody");
    }
}

#[test]
fn a_physician_reads_own_patients_and_a_system_administrator_no_chart() {
    assert_eq!(permits(&[Role::Physician], Permission::ChartRead), Some(Scope::OwnPatients));
    assert_eq!(permits(&[Role::Physician, Role::Coder], Permission::ChartRead), Some(Scope::All));
    for permission in [Permission::PatientSearch, Permission::PatientRead, Permission::ChartRead] {
        assert_eq!(permits(&[Role::ItAdministrator, Role::ResearchAnalyst], permission), None);
    }
    assert_eq!(permits(&[], Permission::DirectoryRead), None);
}

#[test]
fn a_wrong_row_is_named() {
    let table = "# Source: x\nrole\tpermission\tscope\tsource\nclerk\tchart.reed\tall\tx\n";
    let error = Grants::read("", table).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3: `chart.reed` is no permission; see `data/access/` for the words in use"
    );
    let short = "# Source: x\nrole\tpermission\tscope\tsource\nclerk\n";
    assert_eq!(Grants::read("", short).unwrap_err(), AccessTableError::Columns { line: 3, expected: 4 });
}
