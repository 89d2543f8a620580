//! A system that sends HL7 messages over MLLP and waits for each acknowledgment.

use std::io::{Error, ErrorKind, Read as _, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a sender waits for an acknowledgment before it counts the message as not taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to the HL7 interface.
#[derive(Debug)]
pub(crate) struct Sender {
    stream: TcpStream,
}

impl Sender {
    /// Connects.
    pub(crate) fn connect(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&to, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream })
    }

    /// Sends a message and gives the acknowledgment code (MSA-1) that names its control id (MSA-2).
    pub(crate) fn send(&mut self, message: &str, control_id: &str) -> Result<String> {
        self.stream.write_all(format!("\x0b{message}\x1c\r").as_bytes())?;
        let answer = self.frame()?;
        let msa = answer.split('\r').find(|segment| segment.starts_with("MSA|"));
        let fields: Vec<&str> = msa.unwrap_or_default().split('|').collect();
        match fields[..] {
            [_, code, id, ..] if id == control_id => Ok(code.to_owned()),
            _ => Err(Error::other(format!("{control_id} was answered with {answer:?}"))),
        }
    }

    fn frame(&mut self) -> Result<String> {
        let mut bytes = Vec::new();
        let mut chunk = [0; 4096];
        while !bytes.ends_with(b"\x1c\r") {
            match self.stream.read(&mut chunk)? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                count => bytes.extend_from_slice(&chunk[..count]),
            }
        }
        Ok(String::from_utf8_lossy(&bytes).trim_matches(['\x0b', '\x1c', '\r']).to_owned())
    }
}

/// A registration (ADT^A04) of the patient with this number, in the way of the invented clinic Tide Mill.
pub(crate) fn registration(control_id: &str, number: &str, family: &str) -> String {
    [
        format!("MSH|^~\\&|REG|TIDEMILL|CHART|HARBOR|20261120081500||ADT^A04|{control_id}|P|2.5.1"),
        "EVN|A04|20261120081500".to_owned(),
        format!("PID|1||{number}^^^TIDEMILL^MR||{family}^Walker^Q||19610412|F|||4 Quarry Road^^Spruce Neck^ME^04697"),
        format!("PV1|1|O|CLIN||||||||||||||||V{number}^^^TIDEMILL^VN|||||||||||||||||||||||||20261120081500"),
    ]
    .map(|segment| segment + "\r")
    .concat()
}

/// A laboratory result (ORU^R01) for that patient: one potassium under an order number of its own.
pub(crate) fn result(control_id: &str, number: &str, family: &str, order: &str) -> String {
    [
        format!("MSH|^~\\&|LAB|TIDEMILL|CHART|HARBOR|20261120093000||ORU^R01|{control_id}|P|2.5.1"),
        format!("PID|1||{number}^^^TIDEMILL^MR||{family}^Walker^Q||19610412|F"),
        format!("PV1|1|O|CLIN||||||||||||||||V{number}^^^TIDEMILL^VN"),
        format!("ORC|RE|{order}^CLIN|{order}^LAB"),
        format!("OBR|1|{order}^CLIN|{order}^LAB|2823-3^Potassium^LN|||20261120090000|||||||||||||||20261120092500||CH|F"),
        "OBX|1|NM|2823-3^Potassium^LN||4.2|mmol/L^^UCUM|3.5-5.1||||F|||20261120090000".to_owned(),
    ]
    .map(|segment| segment + "\r")
    .concat()
}
