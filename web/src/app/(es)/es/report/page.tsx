import ReportPage from "@/app/(en)/report/page";

export default ReportPage;
